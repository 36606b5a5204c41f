import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BusinessFact } from './business-fact.entity.js';
import { Business, BusinessMember } from './business.entity.js';
import { BusinessFactResolver, BusinessResolver, ViewerBusinessesResolver } from './business.resolver.js';
import { BusinessService } from './business.service.js';
import { PlacesResolver } from './places.resolver.js';

/** Businesses, their members, dated facts about them. */
@Module({
  imports: [TypeOrmModule.forFeature([Business, BusinessMember, BusinessFact])],
  providers: [
    BusinessService,
    BusinessResolver,
    BusinessFactResolver,
    PlacesResolver,
    ViewerBusinessesResolver,
  ],
  exports: [BusinessService],
})
export class BusinessesModule {}
